/**
 * A condition without the compiler's wrapping: `flip-coin-Output == 'heads'` for
 * `inputs.parameter_values['pipelinechannel--flip-coin-Output'] == 'heads'`.
 */
export function conditionText(condition: string): string {
  return condition
    .replace(/inputs\.parameter_values\['(?:pipelinechannel--)?([^']+)'\]/g, '$1')
    .replace(/\b(?:int|double|bool)\(([\w.-]+)\)/g, '$1');
}

import * as z from 'zod';

const payload = z.looseObject({
  exp: z.number().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
});

/** The audience that the Pipelines API accepts tokens of service accounts for. */
export const pipelinesAudience = 'pipelines.kubeflow.org';

/** Why a server may refuse a token, as far as the token tells; undefined where it tells nothing, or is of another kind. */
export function whyRefused(token: string, now: number): string | undefined {
  const claims = claimsOf(token);
  if (claims === undefined) return undefined;
  const { exp, aud } = claims;
  if (exp !== undefined && exp * 1000 <= now)
    return `It expired on ${new Date(exp * 1000).toISOString().slice(0, 16).replace('T', ' at ')} UTC.`;
  const audiences = typeof aud === 'string' ? [aud] : (aud ?? []);
  if (audiences.length > 0 && !audiences.includes(pipelinesAudience))
    return `It is for another audience than ${pipelinesAudience}.`;
  return undefined;
}

/** What a JSON Web Token says of itself. Nothing is proved by it: the server decides. */
function claimsOf(token: string): z.infer<typeof payload> | undefined {
  const [, middle, signature] = token.split('.');
  if (middle === undefined || signature === undefined) return undefined;
  try {
    return payload.safeParse(JSON.parse(Buffer.from(middle, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

import type { Failure, FromPreview, ShownPlot, ShownPreview, ToPreview } from './contract.ts';

/** Everything that the page draws. */
export interface Model {
  readonly shown: ShownPreview | undefined;
  readonly failure: Failure | undefined;
  readonly plot: ShownPlot | undefined;
  readonly noPlot: Failure | undefined;
}

export const nothingYet: Model = { shown: undefined, failure: undefined, plot: undefined, noPlot: undefined };

/** How the parts of the page act on the extension. */
export type Send = (message: FromPreview) => void;

/** The model after a message. */
export function received(model: Model, message: ToPreview): Model {
  switch (message.type) {
    case 'preview':
      return { ...nothingYet, shown: message.shown };
    case 'failure':
      return { ...nothingYet, failure: message.failure };
    case 'plot':
      return { ...model, plot: message.shown, noPlot: undefined };
    case 'noPlot':
      return { ...model, noPlot: message.failure };
  }
}

import { drawnBy } from '../shared/drawnBy.ts';

/** A picture made by the plots of the results. */
export const drawn = drawnBy(() => import('./plots.ts'));

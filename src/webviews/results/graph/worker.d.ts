/** The code of a worker as a text; the build makes it of the file that is named. */
declare module 'worker:*' {
  export const source: string;
}

/** What the conversation is about: what "it" and "that run" mean in the next sentence. All of it is in one connection. */
export interface Focus {
  /** Where it is; left out where there is one connection only. */
  readonly connection?: string;
  readonly pipeline?: string;
  readonly run?: string;
  /** The run that `run` was compared with. */
  readonly against?: string;
  readonly task?: string;
  /** "bucket/prefix". */
  readonly bucket?: string;
  /** The function that a sentence is about, by what is selected: of that sentence alone. */
  readonly function?: string;
  /** The call that shows the next page of the list shown last: a tool's name and its input as JSON. */
  readonly more?: string;
}

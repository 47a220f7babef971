const httpStatus: { readonly [code: number]: number } = {
  3: 400,
  5: 404,
  6: 409,
  9: 400,
  10: 409,
  12: 501,
  13: 500,
};

/** A refusal with the code of gRPC, which decides the status of HTTP. */
export class Refusal extends Error {
  readonly code: number;
  /** The innermost sentence, which the server repeats in `details`; undefined where it gives no details. */
  readonly inner: string | undefined;

  constructor(code: number, message: string, inner?: string) {
    super(message);
    this.code = code;
    this.inner = inner;
  }

  get status(): number {
    return httpStatus[this.code] ?? 500;
  }

  get body(): object {
    const type = 'type.googleapis.com/google.rpc.Status';
    const details =
      this.inner === undefined ? {} : { details: [{ '@type': type, code: this.code, message: this.inner }] };
    return { code: this.code, message: this.message, ...details };
  }
}

/** A bad input that the server names as such. */
export function invalid(before: string, inner: string): Refusal {
  return new Refusal(3, `${before}Invalid input error: ${inner}`, inner);
}

/** Something that is not there. */
export function missing(before: string, what: string): Refusal {
  const inner = `${what} not found`;
  return new Refusal(5, `${before}ResourceNotFoundError: ${inner}`, inner);
}

/** A failure inside, which often is a bad input that was wrapped on the way. */
export function internal(before: string, text: string): Refusal {
  return new Refusal(13, `${before}InternalServerError: ${text}`, 'Internal Server Error');
}

/** A refusal of uploads, logs and artifacts, which have a shape of their own. */
export class OldRefusal extends Error {
  readonly status: number;
  /** Some of them name their type, others are sent as bare text. */
  readonly named: boolean;

  constructor(status: number, message: string, named = false) {
    super(message);
    this.status = status;
    this.named = named;
  }
}

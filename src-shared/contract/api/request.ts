import { z } from 'zod';

/**
 * One request of the API: the schema of its parameters, which the host checks at its border, and the type of its
 * result. Results are not checked again: page and host come from one build, which `application.state` states.
 */
export interface Request<Parameters extends z.ZodType = z.ZodType, Result = unknown> {
  readonly parameters: Parameters;
  /** Never there; carries the type. */
  readonly result?: Result;
  /** Whether the result holds bytes (`Uint8Array`), which JSON cannot carry. */
  readonly sendsBytes: boolean;
}

/** Names the result of a request by its type, with the parameters given as a schema. */
export function request<Result>(): <Parameters extends z.ZodType>(
  parameters: Parameters,
) => Request<Parameters, Result> {
  return (parameters) => ({ parameters, sendsBytes: false });
}

/** The same for a result that holds bytes. */
export function requestOfBytes<Result>(): <Parameters extends z.ZodType>(
  parameters: Parameters,
) => Request<Parameters, Result> {
  return (parameters) => ({ parameters, sendsBytes: true });
}

/** Parameters of a request that takes none. */
export const nothing = z.strictObject({});

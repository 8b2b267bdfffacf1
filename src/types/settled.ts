/**
 * A result that TypeScript reads in calls alone, and not where a function is declared: as `Settled<Result>[Now]`, where `Now` is a type
 * parameter of the function that nothing infers. So nothing is inferred back from the type that the result is expected to have. Of
 * `later` nothing is asked; with it, TypeScript knows no members of the open result, and does not go through those of `X` in search of
 * type parameters where one call stands in another.
 */
export interface Settled<X> {
  readonly now: X;
  readonly later: any;
}

/** What `Now` of `Settled<Result>[Now]` extends; `"now"` is its default. */
export type Moment = keyof Settled<unknown>;

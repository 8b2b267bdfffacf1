/** What learns from data before it can be called. */
export interface Adaptable<Data, Ready> {
  /** Goes through data once, and gives what is adapted to it. The same data gives the same. */
  adapt(data: Data): Promise<Ready>;
}

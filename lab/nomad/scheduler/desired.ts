/** What an evaluation counts for each group. */
export interface Desired {
  Ignore: number
  Place: number
  Migrate: number
  Stop: number
  InPlaceUpdate: number
  DestructiveUpdate: number
  Canary: number
  Preemptions: number
}

export const none: Desired = {
  Ignore: 0,
  Place: 0,
  Migrate: 0,
  Stop: 0,
  InPlaceUpdate: 0,
  DestructiveUpdate: 0,
  Canary: 0,
  Preemptions: 0,
}

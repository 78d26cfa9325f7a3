/** Why an allocation is as the scheduler wants it, in Nomad's words (recordings; scheduler/structs). */
export const lostText = 'alloc is lost since its node is down'
export const notNeededText = 'alloc not needed due to job update'
export const updatedText = 'alloc is being updated due to job update'
export const rescheduledText = 'alloc was rescheduled because it failed'
export const migratingText = 'alloc is being migrated'
export const taintedText = 'alloc not needed as node is tainted'
export const unknownText = 'alloc is unknown since its node is disconnected'
export const reconnectedText = 'alloc not needed due to disconnected client reconnect'

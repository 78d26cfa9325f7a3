import { z } from 'zod'

export const roundings = ['half-up', 'half-even', 'down', 'up'] as const

/**
 * How marks become what a school writes: the share of the marks times `max`, rounded, and never below
 * `min`. docs/scales.md is for teachers.
 */
export const scaleSchema = z
  .strictObject({
    name: z.string().default('own'),
    min: z.number().default(0),
    max: z.number().default(10),
    decimals: z.int().min(0).max(6).default(1),
    rounding: z.enum(roundings).default('half-up'),
    pass: z.number().default(5),
    /** Of the rounded value, the highest `from` that it reaches. */
    labels: z.array(z.strictObject({ from: z.number(), label: z.string() })).default([]),
  })
  .refine(({ min, max }) => min < max, { message: 'min must be below max', path: ['min'] })
  .refine(({ min, max, pass }) => pass >= min && pass <= max, {
    message: 'pass must be from min to max',
    path: ['pass'],
  })

export type Scale = z.infer<typeof scaleSchema>

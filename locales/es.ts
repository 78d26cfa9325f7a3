import type { Catalogue } from '../helpers/language/message.ts'

/** Castellano: the same keys as ca.ts. */
export const es: Catalogue = {
  '{said}': '{said}',
  '{sentences}': '{sentences}',

  // ── The grader itself
  'The grader itself failed: {said}': 'El propio corrector ha fallado: {said}',
}

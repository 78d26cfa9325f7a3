/**
 * Català. The keys are the sentences as they stand in the code, in English and in ICU's message
 * format; this file is the list of all of them: msg() takes no other, and each other language must
 * have the same (docs/languages.md). Code, names and what others said are values, never translated.
 */
export const ca = {
  '{said}': '{said}',
  '{sentences}': '{sentences}',

  // ── The grader itself
  'The grader itself failed: {said}': 'El corrector mateix ha fallat: {said}',
} as const

import { inLanguage, msg } from '../language/message.ts'

/** categories.json of Allure: why a test is not green, as the rubric parts it. */
export function renderCategories(language: string): string {
  const name = (text: Parameters<typeof inLanguage>[0]) => inLanguage(text, language)
  const categories = [
    { name: name(msg('Lost by the submission')), matchedStatuses: ['failed'] },
    {
      name: name(msg('Nobody’s fault but the cluster’s or the grader’s')),
      matchedStatuses: ['broken'],
    },
    { name: name(msg('Blocked, or not handed in')), matchedStatuses: ['skipped'] },
  ]
  return `${JSON.stringify(categories, null, 2)}\n`
}

import { type Message, msg } from '../language/message.ts'

/** The sheet's own headings: it is in Catalan, whatever language is read. */
const heading = {
  assessment: 'Avaluació',
  service: 'Servei',
  dns: 'Localitzar serveis mitjançant DNS',
}

/** Causes that the sheet explains where it shows a whole job file, and not in the item's own words. */
const ofTheJobFile =
  /^(service-|parse|refused|rejected|image-|config-|docker-port|setup-|wire-|dead-end|consul-(no-port|address|double|critical)|crashing|driver-failure|placement-|not-handed-in|only-nomad|canary|deployment-failed|serves-not|restarted|replicas-changed)/

/**
 * What to read on the exercise sheet about an item, and about what was found there: its own number
 * first. 03.1 shows the whole apache job itself.
 */
export function sheetOf(item: string, cause: string): Message[] {
  const [part = '', number = ''] = item.split('.')
  const own = msg('“{heading}”, part {part}, number {number}', {
    ...{ heading: heading.assessment, part, number: Number(number) },
  })
  const more = [
    ...(part !== '03' && ofTheJobFile.test(cause) ? [heading.service] : []),
    ...(cause.startsWith('dns-') ? [heading.dns] : []),
  ]
  return [own, ...more.map((title) => msg('“{title}”', { title }))]
}

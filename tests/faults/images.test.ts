import { show } from './show.ts'
import { imageFaults } from './table-images.ts'

show(imageFaults)

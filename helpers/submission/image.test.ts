import { expect, test } from 'vitest'
import { imageName } from './image.ts'

test.each([
  ['nginx', 'docker.io', 'library/nginx', 'nginx', 'latest'],
  ['nginx:1.22.1', 'docker.io', 'library/nginx', 'nginx', '1.22.1'],
  ['docker.io/library/nginx:1.22.1', 'docker.io', 'library/nginx', 'nginx', '1.22.1'],
  ['https://index.docker.io/nginx', 'docker.io', 'library/nginx', 'nginx', 'latest'],
  ['bitnami/nginx:1', 'docker.io', 'bitnami/nginx', 'nginx', '1'],
  ['localhost:5000/a/httpd', 'localhost:5000', 'a/httpd', 'httpd', 'latest'],
  ['GHCR.io/x/nginx@sha256:00', 'ghcr.io', 'x/nginx', 'nginx', ''],
  ['', 'docker.io', 'library/', '', 'latest'],
])('%s', (image, registry, repository, name, tag) => {
  expect(imageName(image)).toEqual({ registry, repository, name, tag })
})

import { parentPort } from 'node:worker_threads'
import {
  css,
  editorWorkerService,
  graphqlWorker,
  js,
  jsonWorker,
} from '@graphql-yoga/render-graphiql/graphiql'

// Nine megabytes of text, which take a tenth of a second to read: in a thread of its own, that is
// nobody's tenth, and the text goes with it.
const texts = { css, js, editorWorkerService, graphqlWorker, jsonWorker }
const bytes = Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)])
parentPort?.postMessage(Object.fromEntries(bytes))

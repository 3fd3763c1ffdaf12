import { createServer, type IncomingMessage } from 'node:http'
import { createAnswers } from './answers.ts'
import { Rest } from './rest.ts'

// A process of its own, told of its upstream by the environment, as the gateway is.
const { BANGWO8_URL = '', BANGWO8_ACCOUNT = '', BANGWO8_PASSWORD = '', PORT } = process.env
const answers = createAnswers(new Rest(BANGWO8_URL, BANGWO8_ACCOUNT, BANGWO8_PASSWORD))

const isKnown = (name: string): name is keyof typeof answers => Object.hasOwn(answers, name)

const server = createServer(async (request, response) => {
  // The path says which operation is wanted. A body is read all the same, because a server does.
  if (request.method === 'POST') JSON.parse(await bodyOf(request))
  const [status, body] = await answer(request.url?.slice(1) ?? '')
  const json = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
  })
  response.end(json)
})

function bodyOf(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const pieces: Buffer[] = []
  request.on('data', piece => pieces.push(piece))
  request.on('end', () => resolve(Buffer.concat(pieces).toString()))
  request.on('error', reject)
  return promise
}

async function answer(name: string): Promise<[status: number, body: object]> {
  if (!isKnown(name)) return [404, { error: 'no such operation' }]
  try {
    return [200, { data: await answers[name]() }]
  } catch (error) {
    return [502, { error: error instanceof Error ? error.message : 'unknown' }]
  }
}

server.listen(Number(PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit())

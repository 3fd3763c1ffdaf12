import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { createAnswers } from './answers.ts'
import { Rest } from './rest.ts'

// A process of its own, told of its upstream by the environment, as the gateway is.
const { BANGWO8_URL = '', BANGWO8_ACCOUNT = '', BANGWO8_PASSWORD = '', PORT } = process.env
const answers = createAnswers(new Rest(BANGWO8_URL, BANGWO8_ACCOUNT, BANGWO8_PASSWORD))

const isKnown = (name: string): name is keyof typeof answers => Object.hasOwn(answers, name)

const server = createServer(async (request, response) => {
  // What a body asks for is not looked at: the path tells it too.
  if (request.method === 'POST') JSON.parse(await text(request))
  const [status, body] = await answer(request.url?.slice(1) ?? '')
  const json = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
  })
  response.end(json)
})

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

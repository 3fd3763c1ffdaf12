import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'

// A process of its own: node:http with a file, as servers of static files send it.
const [path = ''] = process.argv.slice(2)

const server = createServer(async (_, response) => {
  const { size, mtimeMs } = await stat(path)
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': size,
    etag: `"${size}-${mtimeMs}"`,
  })
  createReadStream(path).pipe(response)
})

server.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit())

import { createPrivateKey } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

// Made for tests alone, and trusted by nobody.
const KEY =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCJgywMWa+lCCAXJCtxDr4V8AOaaMoYjyRy8oL6p+XJShRANCAATeBkoVDJ/kHhnrUYcLbzvacaaN6sMaYCfGEZ5/7W1UtbI6XzrzoLj3n04+DbPlR6/kIzhLIAiHb4tCWTaXXZrr'
const BYTES =
  'MIIBfzCCASWgAwIBAgIUBqhj8JMKDdzwpC9iLCp1wmzDnc4wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxMjU0MloYDzIxMjYxMDMwMjEyNTQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATeBkoVDJ/kHhnrUYcLbzvacaaN6sMaYCfGEZ5/7W1UtbI6XzrzoLj3n04+DbPlR6/kIzhLIAiHb4tCWTaXXZrro1MwUTAdBgNVHQ4EFgQUi+k8N4zYa1irGn9u0+Wu7UORA2IwHwYDVR0jBBgwFoAUi+k8N4zYa1irGn9u0+Wu7UORA2IwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAcG+h4fw6J3EU1+pAjtqAxJZ6ehP2Lb2pMsfY1DkXiuAIhAKydoFCd7QUmlLClPR9qL9xTPV3BEoQpE5yQwczntKkO'

/** For `localhost`, by itself. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${BYTES}\n-----END CERTIFICATE-----`

/** An upstream of https, which answers `{}`. */
export async function startTlsServer() {
  let requests = 0
  const bytes = { key: Buffer.from(KEY, 'base64'), format: 'der', type: 'pkcs8' } as const
  const key = createPrivateKey(bytes).export({ format: 'pem', type: 'pkcs8' })
  const server = createServer({ key, cert: CERTIFICATE }, (_request, response) => {
    requests += 1
    response.end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requestCount: () => requests,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

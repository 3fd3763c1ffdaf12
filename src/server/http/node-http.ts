/**
 * Node's HTTP server. An import of it by name costs each start 25 ms, because Node then loads a client
 * of HTTP and of WebSocket too, which belong to the names that can be imported.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')

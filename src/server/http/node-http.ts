/**
 * Node's HTTP server. It is not imported by name, because Node would then load a client of HTTP and of
 * WebSocket at each start, too: these are among the names that can be imported.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http')

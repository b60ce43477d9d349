// What a server costs that does nothing: the measure for the time to the first byte.
import { createServer } from 'node:http';

const server = createServer((_request, response) => response.end('{}'));
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://localhost:${server.address().port}` }));
});

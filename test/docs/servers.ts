// Stand-ins for the servers of docs/servers.md: once they listen, they receive a picture and must answer with a PNG
// of its mask.
import { EventEmitter } from 'node:events';

type Handler = (request: object, response: object) => unknown;

const isPng = (bytes: unknown): void => {
  if (!(bytes instanceof Uint8Array) || bytes[1] !== 80) throw new TypeError('not a PNG');
};

export function servers(body: Uint8Array): Record<string, unknown> {
  const express = () => {
    let handler: Handler = () => undefined;
    return {
      post: (_: string, __: unknown, last: Handler) => {
        handler = last;
      },
      listen: () => {
        const response = Object.assign(new EventEmitter(), {
          type: () => response,
          status: () => response,
          send: isPng,
        });
        return handler({ body }, response);
      },
    };
  };
  const fastify = () => {
    let handler: Handler = () => undefined;
    return {
      addContentTypeParser: () => undefined,
      setErrorHandler: () => undefined,
      post: (_: string, last: Handler) => {
        handler = last;
      },
      async listen() {
        const reply = { raw: new EventEmitter(), type: () => reply, send: isPng };
        await handler({ body }, reply);
      },
    };
  };
  return {
    express: { default: Object.assign(express, { raw: () => undefined }) },
    fastify: { default: fastify },
  };
}

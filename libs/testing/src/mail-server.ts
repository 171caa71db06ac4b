import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A mail server on this machine that speaks just enough SMTP and keeps what it is given. */
export interface MailServer {
  /** As the settings of a mail transport take it. */
  url: string;
  /** Whole messages, headers and body. */
  messages: string[];
  /** `MAIL FROM` and `RCPT TO`, in order. */
  envelopes: string[];
  /** Breaks every connection. */
  hangUp(): void;
  close(): Promise<void>;
}

const END_OF_MESSAGE = '\r\n.\r\n';

/**
 * @param verdict the answer to each message; none at all when empty
 * @param recipientVerdict the answer to each recipient
 */
export async function startMailServer(verdict = '250 taken', recipientVerdict = '250 fine'): Promise<MailServer> {
  const messages: string[] = [];
  const envelopes: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let data: string | undefined;
    socket.write('220 ready\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      if (data !== undefined) {
        data += chunk.toString('utf8');
        if (!data.endsWith(END_OF_MESSAGE)) return;
        messages.push(data);
        data = undefined;
        if (verdict !== '') socket.write(`${verdict}\r\n`);
        return;
      }
      const command = chunk.toString('utf8').trim();
      if (/^(MAIL|RCPT)/i.test(command)) envelopes.push(command);
      if (/^DATA/i.test(command)) {
        data = '';
        socket.write('354 go on\r\n');
      } else if (/^RCPT/i.test(command)) socket.write(`${recipientVerdict}\r\n`);
      else socket.write(/^QUIT/i.test(command) ? '221 bye\r\n' : '250 fine\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      hangUp();
      server.close(() => resolve());
    });
  return { url: `smtp://127.0.0.1:${port}`, messages, envelopes, hangUp, close };
}

import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type Mail = { to: string; subject: string; body: string };

/** A mail server on the loopback that keeps what it is given. */
export async function smtpReceiver() {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    async onData(stream, session, done) {
      const raw = await text(stream);
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        subject: /^Subject: (.*)$/m.exec(raw)?.[1].trim() ?? '',
        body: raw.slice(raw.indexOf('\r\n\r\n')),
      });
      done();
    },
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>(resolve => server.close(resolve)),
  };
}

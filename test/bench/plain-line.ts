import { once } from 'node:events';
import net from 'node:net';

/** One kept connection with one question under way at a time: plain sockets cost a load far less than a client of HTTP. */
export class Line {
  #socket: net.Socket;
  #missing = -1;
  #head = '';
  #answered: ((head: string) => void) | null = null;
  #broken: ((error: Error) => void) | null = null;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#broken?.(error));
    socket.on('close', () => this.#broken?.(new Error('closed before it answered')));
  }

  static async open(port: number): Promise<Line> {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Line(socket);
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  /** @returns the head of the answer, once the last byte came that it announces @throws when the connection ends before */
  ask(question: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#broken = reject;
      this.#socket.write(question);
    });
  }

  close(): void {
    this.#broken = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#missing < 0) {
      const end = chunk.indexOf('\r\n\r\n') + 4;
      this.#head = chunk.toString('latin1', 0, end);
      this.#missing = end + Number(/content-length: (\d+)/i.exec(this.#head)?.[1]);
    }
    this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    this.#missing = -1;
    this.#answered?.(this.#head);
  }
}

/** The list as a browser asks for it, but packed for nobody. */
export function listQuestion(address: string, cookie: string): Buffer {
  return Buffer.from(
    `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nAccept-Language: nl-BE,nl;q=0.9,en;q=0.8\r\n\r\n`,
  );
}

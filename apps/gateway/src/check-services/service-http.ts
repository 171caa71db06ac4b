import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpClient } from '#http';

/** For the few short questions that the gateway itself asks services over HTTP: are you there, what are your routes. */
@Injectable()
export class ServiceHttp extends HttpClient implements OnApplicationShutdown {
  constructor() {
    super({ connections: 2, connectTimeoutMs: 800, headersTimeoutMs: 900, timeoutMs: 950 });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

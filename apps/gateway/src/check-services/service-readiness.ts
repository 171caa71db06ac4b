import type { HttpClient } from '#http';
import type { ReadinessCheck } from '#service-defaults';

/** Whether a service behind the gateway answers. */
export class ServiceReadiness implements ReadinessCheck {
  constructor(
    private readonly http: HttpClient,
    readonly readinessName: string,
    private readonly url: string,
  ) {}

  async checkReadiness(): Promise<void> {
    const { status } = await this.http.request({ method: 'GET', url: `${this.url}/livez` });
    if (status !== 200) throw new Error(`answers ${status}`);
  }
}

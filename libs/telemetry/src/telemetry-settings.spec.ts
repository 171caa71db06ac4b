import { describe, expect, it } from '@jest/globals';
import { telemetrySettings } from './telemetry-settings.js';

const main = '/app/dist/apps/helper-runner/src/main.js';

describe('telemetry settings', () => {
  it('are off without an exporter or endpoint', () => {
    expect(telemetrySettings({}, main)).toEqual({
      traces: false,
      metrics: false,
      variables: {
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_SERVICE_NAME: 'helper-runner',
      },
    });
  });

  it('take an endpoint for the wish to export traces and metrics, not logs', () => {
    const { traces, metrics, variables } = telemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' }, main);
    expect([traces, metrics, variables['OTEL_LOGS_EXPORTER']]).toEqual([true, true, 'none']);
  });

  it('follow each variable where it is set', () => {
    const env = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'prometheus', OTEL_SERVICE_NAME: 'mine' };
    expect(telemetrySettings(env, main)).toMatchObject({
      traces: false,
      metrics: true,
      variables: { OTEL_METRICS_EXPORTER: 'prometheus', OTEL_SERVICE_NAME: 'mine' },
    });
    expect(telemetrySettings({ ...env, OTEL_SDK_DISABLED: 'true' }, main).metrics).toBe(false);
  });
});

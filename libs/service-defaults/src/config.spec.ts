import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { checkConfig, ConfigError, loadConfig } from './config.js';
import { portSchema, ServiceConfig } from './service-config.js';

const Lamp = z.object({ LAMP_COLOUR: z.enum(['red', 'green']), LAMP_COUNT: z.coerce.number().int().default(3) });
const Room = z.object({ ROOM_URL: z.url() });

describe('settings from the environment', () => {
  it('are typed, with defaults, and empty variables count as absent', () => {
    expect(loadConfig(Lamp, { LAMP_COLOUR: 'red', LAMP_COUNT: '', OTHER: 'x' })).toEqual({
      LAMP_COLOUR: 'red',
      LAMP_COUNT: 3,
    });
  });

  it('fail with all faults in one message', () => {
    expect(() => loadConfig(Lamp, { LAMP_COUNT: 'many' })).toThrow(ConfigError);
    const failure = (): void => checkConfig([Lamp, Room, portSchema('lamp-room', 1)], { MFH_LAMP_ROOM_PORT: '99999' });
    expect(failure).toThrow(/LAMP_COLOUR[\s\S]*ROOM_URL[\s\S]*MFH_LAMP_ROOM_PORT/);
  });

  it('never repeat a value, which may be a secret', () => {
    const secret = z.object({ KEY: z.string().regex(/^kid:/) });
    const message = ((): string => {
      try {
        loadConfig(secret, { KEY: 'top-secret' });
      } catch (error) {
        return String(error);
      }
      return '';
    })();
    expect(message).toContain('KEY');
    expect(message).not.toContain('top-secret');
  });

  it('have usable defaults for every service', () => {
    expect(loadConfig(ServiceConfig, {})).toMatchObject({ MFH_MODE: 'development', HTTP_ERROR_FORM: 'string' });
  });
});

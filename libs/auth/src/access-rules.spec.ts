import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { z } from 'zod';
import { Api, assertRoutesAreComplete } from '#service-defaults';
import { Authenticated, KeyScope, Public, RequiresPermission } from './index.js';

describe('access rules of routes', () => {
  it('allow one rule a route', () => {
    expect(() => {
      class Twice {
        @Public()
        @Authenticated()
        route(): void {}
      }
      return Twice;
    }).toThrow('route has two access rules: authenticated and public');
  });

  it('are required, and keys need a rule beside their scope', async () => {
    @Controller('x')
    class Incomplete {
      @Get('none')
      @Api({ summary: 'No rule', answer: z.string() })
      none(): string {
        return '';
      }

      @Get('keys')
      @KeyScope('read_helpers')
      @Api({ summary: 'Scope only', answer: z.string() })
      keys(): string {
        return '';
      }

      @Get('public')
      @Public()
      @KeyScope('read_helpers')
      @Api({ summary: 'Public with scope', answer: z.string() })
      open(): string {
        return '';
      }

      @Get('good')
      @RequiresPermission('can_view_analytics')
      @Api({ summary: 'Complete', answer: z.string() })
      good(): string {
        return '';
      }
    }
    @Module({ controllers: [Incomplete] })
    class IncompleteModule {}
    const faults = await assertRoutesAreComplete(IncompleteModule).catch((error: Error) => error.message);
    expect(faults).toContain('GET /x/none (Incomplete.none) has no access rule');
    expect(faults).toContain('GET /x/keys (Incomplete.keys) has no access rule');
    expect(faults).toContain('GET /x/public (Incomplete.open) is public and names a key scope');
    expect(faults).not.toContain('/x/good');
  });
});

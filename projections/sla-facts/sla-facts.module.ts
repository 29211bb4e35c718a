import { Module } from '@nestjs/common';
import { SlaFactsQueries } from './sla-facts.queries.js';

@Module({ providers: [SlaFactsQueries], exports: [SlaFactsQueries] })
export class SlaFactsModule {}

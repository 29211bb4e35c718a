import { Module } from '@nestjs/common';
import { SatisfactionFactsQueries } from './satisfaction-facts.queries.js';

@Module({ providers: [SatisfactionFactsQueries], exports: [SatisfactionFactsQueries] })
export class SatisfactionFactsModule {}

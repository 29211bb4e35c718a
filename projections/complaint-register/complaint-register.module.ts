import { Module } from '@nestjs/common';
import { ComplaintRegisterQueries } from './complaint-register.queries.js';

@Module({ providers: [ComplaintRegisterQueries], exports: [ComplaintRegisterQueries] })
export class ComplaintRegisterModule {}

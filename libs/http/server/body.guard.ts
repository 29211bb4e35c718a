import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { raw, type Request, type Response } from 'express';
import { LARGEST_BODY, refuseWrongBody, type RawBodyRoute } from './body-rules.js';
import { parseJsonBody } from './json-body.js';

/**
 * Reads the body after the caller was let in and before anything is made of it: who may not call is told so whatever
 * they sent, and nothing of strangers is read or parsed. Comes after the guard of access.
 */
export class BodyGuard implements CanActivate {
  private readonly readBytes = raw({ limit: LARGEST_BODY, type: 'application/json' });

  constructor(private readonly rawRoutes: readonly RawBodyRoute[]) {}

  /** @throws ProblemError, or an error of the parser */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    refuseWrongBody(request, this.rawRoutes);
    await this.read(request, http.getResponse<Response>());
    parseJsonBody(request);
    return true;
  }

  private read(request: Request, response: Response): Promise<void> {
    return new Promise((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- express declares its requests as interfaces over the classes that they are
      this.readBytes(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('The body cannot be read.'));
      });
    });
  }
}

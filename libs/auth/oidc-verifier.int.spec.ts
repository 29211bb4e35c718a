import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { oidcVerifier } from './oidc-verifier.js';

interface Issuer {
  readonly url: string;
  readonly asked: string[];
  keys: JWK[];
  speaksFor: string;
  close(): Promise<void>;
}

/** An issuer on a socket of its own, with discovery and keys like any. */
async function startIssuer(): Promise<Issuer> {
  const issuer = { asked: [] as string[], keys: [] as JWK[], speaksFor: '' };
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    issuer.asked.push(path);
    const answer =
      path === '/.well-known/openid-configuration'
        ? { issuer: issuer.speaksFor, jwks_uri: `${issuer.speaksFor}/keys` }
        : { keys: issuer.keys };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer.speaksFor = url;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return Object.assign(issuer, { url, close });
}

let issuer: Issuer;
let privateKey: CryptoKey;

beforeEach(async () => {
  issuer = await startIssuer();
  const pair = await generateKeyPair('RS256');
  privateKey = pair.privateKey;
  issuer.keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }];
});
afterEach(async () => {
  await issuer.close();
});

function token(key: CryptoKey, kid = 'k1', audience = 'complaints'): Promise<string> {
  return new SignJWT({ roles: ['agent'], name: 'Ayşe' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setSubject('ayse')
    .setIssuer(issuer.url)
    .setAudience(audience)
    .setExpirationTime('5m')
    .sign(key);
}

const verifier = (jwksUrl?: string) => oidcVerifier({ issuer: issuer.url, audience: 'complaints', jwksUrl });

describe('an OIDC issuer', () => {
  it('is found out about once, and its keys are kept', async () => {
    const oidc = verifier();
    for (let i = 0; i < 3; i += 1) {
      expect(await oidc.verify(await token(privateKey))).toEqual({
        sub: 'ayse',
        name: 'Ayşe',
        roles: ['agent'],
      });
    }
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('is not asked where its keys are when the settings say', async () => {
    await verifier(`${issuer.url}/keys`).verify(await token(privateKey));
    expect(issuer.asked).toEqual(['/keys']);
  });

  it('does not answer for keys that it does not publish, nor for tokens meant for others', async () => {
    const foreign = (await generateKeyPair('RS256')).privateKey;
    const oidc = verifier();
    await expect(oidc.verify(await token(foreign))).rejects.toMatchObject({ failure: 'refused' });
    await expect(oidc.verify(await token(foreign, 'k2'))).rejects.toMatchObject({ failure: 'refused' });
    await expect(oidc.verify(await token(privateKey, 'k1', 'payroll'))).rejects.toMatchObject({
      failure: 'refused',
    });
  });

  it('that speaks for another issuer is not believed', async () => {
    issuer.speaksFor = 'https://elsewhere.example';
    const verified = verifier().verify(await token(privateKey));
    await expect(verified).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
    await expect(verified).rejects.toThrow('speaks for another issuer');
  });

  it('that does not answer leaves tokens unjudged, not refused', async () => {
    const oidc = verifier();
    const good = await token(privateKey);
    await issuer.close();
    await expect(oidc.verify(good)).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
    await expect(verifier(`${issuer.url}/keys`).verify(good)).rejects.toMatchObject({
      name: 'IssuerUnavailableError',
    });
  });
});

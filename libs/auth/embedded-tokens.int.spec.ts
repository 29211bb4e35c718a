import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { embeddedVerifier, issueToken, TokenRequestError } from './index.js';
import { openSigningKey, SIGNING_ALGORITHM, signingKeyFile } from './signing-key.js';
import { EMBEDDED_AUDIENCE, EMBEDDED_ISSUER } from './token-verifier.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'auth-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

const AGENT = { sub: 'ayse', roles: ['agent'] };

/** A token signed with the right key, that differs in one thing from one that would be accepted. */
async function signed(change: (jwt: SignJWT, now: number) => SignJWT): Promise<string> {
  const { privateKey } = await openSigningKey(dataDir);
  const now = Math.floor(Date.now() / 1000);
  const jwt = new SignJWT({ roles: ['agent'] })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM })
    .setSubject('ayse')
    .setIssuer(EMBEDDED_ISSUER)
    .setAudience(EMBEDDED_AUDIENCE)
    .setExpirationTime(now + 60);
  return change(jwt, now).sign(privateKey);
}

async function failureOf(token: string): Promise<string> {
  const verifier = await embeddedVerifier(dataDir);
  return verifier.verify(token).then(
    () => 'accepted',
    (error: unknown) => (error as { failure?: string }).failure ?? (error as Error).message,
  );
}

describe('a token of the installation itself', () => {
  it('is accepted with what was asked for', async () => {
    const token = await issueToken({
      dataDir,
      sub: 'mehmet',
      roles: ['officer'],
      team: 'plumbing',
      name: 'Mehmet Öz',
    });
    const caller = await (await embeddedVerifier(dataDir)).verify(token);
    expect(caller).toEqual({ sub: 'mehmet', name: 'Mehmet Öz', roles: ['officer'], team: 'plumbing' });
  });

  it('lasts twelve hours unless asked otherwise', async () => {
    const claims = async (expiresIn?: string): Promise<{ exp: number; iat: number }> => {
      const token = await issueToken({ dataDir, ...AGENT, expiresIn });
      return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    };
    const { exp, iat } = await claims();
    expect(exp - iat).toBe(12 * 3600);
    const short = await claims('30m');
    expect(short.exp - short.iat).toBe(1800);
  });

  it.each([
    [
      { roles: ['agnet'] },
      /Unknown role "agnet"; roles are agent, officer, supervisor, auditor, analyst, admin, service\./,
    ],
    [{ roles: ['system'] }, /Unknown role "system"/],
    [{ roles: [] }, /No role given; roles are/],
    [{ roles: ['officer'] }, /An officer belongs to a team: name it \(--team/],
    [{ roles: ['officer'], team: 'Su Tesisatı' }, /team's code/],
    [{ expiresIn: '12' }, /1s to 366d/],
    [{ expiresIn: '367d' }, /1s to 366d/],
    [{ sub: ' ' }, /needs a sub/],
  ])('is not made for %j', async (wrong, message) => {
    const made = issueToken({ dataDir, ...AGENT, ...wrong });
    await expect(made).rejects.toThrow(TokenRequestError);
    await expect(made).rejects.toThrow(message);
  });

  it('is refused when it has expired, and says that it has', async () => {
    expect(await failureOf(await signed((jwt, now) => jwt.setExpirationTime(now - 2)))).toBe('accepted');
    expect(await failureOf(await signed((jwt, now) => jwt.setExpirationTime(now - 60)))).toBe('expired');
  });

  it('is refused when anything about it is not ours', async () => {
    expect(await failureOf(await signed((jwt) => jwt))).toBe('accepted');
    expect(await failureOf(await signed((jwt) => jwt.setIssuer('somebody')))).toBe('refused');
    expect(await failureOf(await signed((jwt) => jwt.setAudience('something')))).toBe('refused');
    expect(await failureOf(await signed((jwt, now) => jwt.setNotBefore(now + 60)))).toBe('refused');
  });

  it('is refused when it never expires', async () => {
    const { privateKey } = await openSigningKey(dataDir);
    const token = await new SignJWT({
      sub: 'ayse',
      roles: ['agent'],
      iss: EMBEDDED_ISSUER,
      aud: EMBEDDED_AUDIENCE,
    })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM })
      .sign(privateKey);
    expect(await failureOf(token)).toBe('refused');
  });

  it('is refused when another installation signed it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'auth-'));
    expect(await failureOf(await issueToken({ dataDir: other, ...AGENT }))).toBe('refused');
    await rm(other, { recursive: true });
  });

  it('is refused without a signature, with a shared secret, and when it is no token at all', async () => {
    const claims = {
      sub: 'ayse',
      roles: ['admin'],
      iss: EMBEDDED_ISSUER,
      aud: EMBEDDED_AUDIENCE,
      exp: 4_000_000_000,
    };
    const { publicKey } = await openSigningKey(dataDir);
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey));
    const withSecret = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(spki);
    expect(await failureOf(new UnsecuredJWT(claims).encode())).toBe('refused');
    expect(await failureOf(withSecret)).toBe('refused');
    for (const text of ['', 'abc', 'a.b.c', 'x'.repeat(100_000)])
      expect(await failureOf(text)).toBe('malformed');
  });
});

describe('the signing key', () => {
  it('is made once, readable by its owner only, and kept', async () => {
    const [first, second] = [await openSigningKey(dataDir), await openSigningKey(dataDir)];
    expect(second.kid).toBe(first.kid);
    const file = signingKeyFile(dataDir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(file))).toEqual(['signing-key.json']);
  });

  it('is the same for all who make it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openSigningKey(dataDir)));
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect(await readdir(dirname(signingKeyFile(dataDir)))).toEqual(['signing-key.json']);
  });

  it('is not replaced when its file is damaged, nor shown', async () => {
    await openSigningKey(dataDir);
    const file = signingKeyFile(dataDir);
    const damaged = (await readFile(file, 'utf8')).slice(0, -5);
    await writeFile(file, damaged);
    const opened = openSigningKey(dataDir);
    await expect(opened).rejects.toThrow(
      /signing-key.json cannot be used \(it does not hold a private key\)/,
    );
    await expect(opened).rejects.not.toThrow(/"d"/);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  it('that cannot be kept is an error that names the file', async () => {
    // Root may write anywhere, so the folder's place is taken by a file.
    await writeFile(join(dataDir, 'auth'), '');
    await expect(openSigningKey(dataDir)).rejects.toThrow(
      /signing-key.json cannot be used \((ENOTDIR|EEXIST)/,
    );
  });
});

import { oidcVerifier, type OidcOptions } from './oidc-verifier.js';
import { embeddedVerifier, type TokenVerifier } from './token-verifier.js';

/** The verifier that the settings ask for: the OIDC issuer where one is named, else the installation's own key. */
export async function openVerifier(settings: {
  readonly dataDir: string;
  readonly oidc?: OidcOptions;
}): Promise<TokenVerifier> {
  return settings.oidc ? oidcVerifier(settings.oidc) : embeddedVerifier(settings.dataDir);
}

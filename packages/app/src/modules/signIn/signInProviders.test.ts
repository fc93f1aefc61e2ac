import { mockApis } from '@backstage/frontend-test-utils';
import { signInProviders } from './signInProviders';

const providers = (data: Parameters<typeof mockApis.config>[0]) =>
  signInProviders(mockApis.config(data));

describe('signInProviders', () => {
  it('lets the guest in during development', () => {
    expect(providers({ data: {} })).toEqual(['guest']);
  });

  it('never lets the guest in elsewhere unless told to', () => {
    expect(
      providers({ data: { auth: { environment: 'production' } } }),
    ).toEqual(['oidc']);
  });

  it('offers what the configuration names, in its order', () => {
    expect(
      providers({
        data: { app: { signIn: { providers: ['oidc', 'guest'] } } },
      }),
    ).toEqual(['oidc', 'guest']);
  });

  it('refuses a name that it does not know', () => {
    expect(() =>
      providers({ data: { app: { signIn: { providers: ['ldap'] } } } }),
    ).toThrow('"ldap" is not one of guest, oidc');
  });
});

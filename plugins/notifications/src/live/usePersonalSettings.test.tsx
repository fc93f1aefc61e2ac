import { storageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { usePersonalSettings } from './usePersonalSettings';

const requestPermission = jest.fn<Promise<NotificationPermission>, []>();

function browserSays(permission: NotificationPermission | undefined) {
  if (permission === undefined) {
    Reflect.deleteProperty(globalThis, 'Notification');
  } else {
    Object.assign(globalThis, {
      Notification: { permission, requestPermission },
    });
  }
}

function renderSettings(data: Record<string, boolean | string> = {}) {
  const storage = mockApis.storage({
    data: Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        `/herald-notifications/${name}`,
        value,
      ]),
    ),
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[storageApiRef, storage]]}>
      {children}
    </TestApiProvider>
  );
  return renderHook(() => usePersonalSettings(), { wrapper });
}

describe('the personal settings', () => {
  afterEach(() => browserSays(undefined));

  it('are quiet abroad and open at home until something is chosen', () => {
    const { result } = renderSettings();
    expect(result.current.settings).toEqual({
      browserNotifications: false,
      titleCounter: true,
      snackbars: true,
    });
  });

  it('are kept, and told to whoever shows them', async () => {
    const { result } = renderSettings();
    await act(() => result.current.change('titleCounter', false));
    await waitFor(() =>
      expect(result.current.settings).toMatchObject({
        titleCounter: false,
        snackbars: true,
      }),
    );
  });

  it('ask the browser once it is clicked, and turn on what it allows', async () => {
    browserSays('default');
    requestPermission.mockResolvedValue('granted');
    const { result } = renderSettings();
    expect(requestPermission).not.toHaveBeenCalled();
    await act(async () => {
      expect(await result.current.turnOnBrowserNotifications()).toBe('granted');
    });
    await waitFor(() =>
      expect(result.current.settings.browserNotifications).toBe(true),
    );
  });

  it.each(['denied', undefined] as const)(
    'stay off where the browser is "%s"',
    async permission => {
      browserSays(permission);
      const { result } = renderSettings();
      await act(async () => {
        expect(await result.current.turnOnBrowserNotifications()).toBe(
          permission ?? 'unsupported',
        );
      });
      expect(result.current.settings.browserNotifications).toBe(false);
    },
  );
});

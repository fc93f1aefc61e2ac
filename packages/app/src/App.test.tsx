import { render, screen } from '@testing-library/react';

describe('the portal', () => {
  beforeEach(() => {
    const config = {
      app: { title: 'Herald', baseUrl: 'http://localhost' },
      backend: { baseUrl: 'http://localhost' },
    };
    // Where a build leaves the configuration for the page; the values of a real environment are texts only.
    Object.defineProperty(process, 'env', {
      value: {
        ...process.env,
        APP_CONFIG: [{ context: 'test', data: config }],
      },
    });
  });

  it('asks who comes in, and lets the guest in with one click', async () => {
    const { app } = await import('./App');
    render(app.createRoot());
    expect(
      await screen.findByRole('button', { name: 'Enter' }, { timeout: 20_000 }),
    ).toBeEnabled();
    expect(screen.getByRole('heading', { name: 'Herald' })).toBeVisible();
  }, 60_000);
});

import { cases } from '../cases.js';
import { golden } from '../golden.js';
import { Client } from './client.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  return (
    <>
      <p id="server">{await golden(cases)}</p>
      <Client />
    </>
  );
}

import './page.js';
import './page-worker.js';
import './page-own.js';
import './page-threads.js';

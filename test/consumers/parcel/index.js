import './page.js';
import './page-worker.js';

export { DEMO_DAYS, demoComplaints } from './demo-complaints.js';

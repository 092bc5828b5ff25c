using 'main.bicep'

param environment = 'prod'
param administratorPassword = readEnvironmentVariable('HARBOUR_SQL_PASSWORD', '')
